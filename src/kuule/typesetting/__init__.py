"""Setting paper with Typst inside this process: the fonts, and what is said where one lacks a letter."""
