"""Setting paper with Typst inside this process: documents, fonts, and what is said where one lacks a letter."""
