"""The kit by which partners spread a survey: posters, cards, pictures, mails and posts, measured before they are made.

It knows released words, links and helplines, and nothing that anybody answered.
"""
