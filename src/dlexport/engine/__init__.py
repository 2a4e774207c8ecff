"""What knows nothing of questions: the cache, worker processes, archives, assets."""
