"""What chance alone would do, as if people had been drawn at random: for the analyst's eyes, never published.

People chose themselves, so nothing here says how far a figure is from any population (decision 0000, section 14). No
package that publishes may import this one, and nothing that is counted for publication does: contracts hold it to that.
"""
