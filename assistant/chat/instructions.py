"""Used by verification: sentences that give orders to a program; the engine may quote them, no model words them."""

import re

_ORDERS = re.compile(
    r"\b(?:ignorera|bortse\s+från|glöm|strunta\s+i)\b.{0,60}\b(?:instruktion\w*|regler\w*|order|uppmaning\w*|ovan\w*|tidigare|källor\w*|dokument\w*)"
    r"|\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instruction|rule|prompt|previous|above|source|document)"
    r"|\b(?:svara|skriv|säg|upprepa|returnera|skriv\s+ut|mata\s+ut|uppge)\b\s+(?:alltid|bara|endast|nu|i\s+stället|istället|exakt|följande|att\b|att:|ja\b|nej\b|[\"»”:])"
    r"|\b(?:answer|reply|respond|say|print|output|repeat|reveal)\b\s+(?:always|only|now|instead|exactly|the\s+following|with|that|yes\b|no\b|[\"»”:])"
    r"|\b(?:system\s*prompt\w*|systemprompt\w*|språkmodell\w*|language\s+model|ai-?assistent\w*|chattbot\w*|du\s+är\s+(?:nu\s+)?en|you\s+are\s+(?:now\s+)?an?|"
    r"new\s+instructions?|nya?\s+instruktion\w*|som\s+assistent|as\s+an?\s+(?:ai|assistant)|developer\s+mode|jailbreak|api-?nyckel\w*|api\s+key)"
    r"|^\s*(?:system|assistant|user|assistent|användare)\s*:|<\|?/?(?:system|im_start|im_end|assistant|user|inst)\b|\[/?INST\]|###\s*(?:instruction|instruktion|system)",
    re.IGNORECASE,
)


def gives_orders(text: str) -> bool:
    """Whether ``text`` speaks to a program that reads it, rather than to a person."""
    return _ORDERS.search(text) is not None
