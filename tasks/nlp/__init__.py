"""The spaCy pipeline: model, syntax layer and the components that read news."""
