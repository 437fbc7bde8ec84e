"""Schools, offices, people and their dated appointments; pupils and where they are enrolled."""
