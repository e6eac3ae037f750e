"""The values of the product: frozen dataclasses over the standard library, knowing nothing of storage, models or terminals."""
