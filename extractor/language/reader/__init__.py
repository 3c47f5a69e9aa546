"""Items become drafts of figures by scored decisions: candidates, evidence, weights, the best one; no list of cases.

For each number of a block, in order (``block_reader``): which part it plays, what it is called, its unit, when it holds
and in which status, what it compares with and to which figure it belongs. Each decision chooses among candidates by the
sum of the weights of what is seen around them (``…_evidence``; ``models/weights``), fitted to gold by ``solieu train``.
"""
