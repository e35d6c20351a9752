"""Documents on paper: one renderer for every PDF, and the keeper of issued documents.

``printing`` turns a template into a PDF, ``parts`` cuts it into what can be laid out by itself, ``layout`` lays that
out in workers (``worker``, of which ``pool`` takes care), ``join`` joins it again and stamps every page,
``musrenbang.keeper`` keeps it.
"""
