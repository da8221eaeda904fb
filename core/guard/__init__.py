"""Below chat and models: what lets no order out, however well somebody meant it."""
