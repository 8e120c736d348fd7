"""Imported last, it leaves all that is there out of any collecting: processes that are forked would copy their memory for it."""

import gc

gc.collect()
gc.freeze()
