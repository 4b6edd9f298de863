"""From files to a published index: parse, repair layout, chunk, plan, build, publish."""
