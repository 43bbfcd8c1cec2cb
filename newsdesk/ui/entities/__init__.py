"""The Entities workspace: the register, who is who, and what knowledge bases say of them."""
