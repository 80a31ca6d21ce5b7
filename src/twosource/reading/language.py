def language(text: str) -> str:
    return "en"
