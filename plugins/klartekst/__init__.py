"""Klartekst: facts about an organisation, written once, become its privacy documents in each reader's language."""
