"""Ask services elsewhere which item a name means: only when a person asks for it, one request at a time, each once."""
