"""LanguageTool: asked for each paragraph once, and never in the way.

`installation` knows what is on the machine, `server` keeps one warm server for all runs (which
`supervisor` guards), `client` speaks to it, `annotation` makes paragraphs of drafts and spans of
answers, `cache` remembers answers, and `checker` puts them together. What the remarks are worth is
said in `rules/LanguageTool`.
"""
