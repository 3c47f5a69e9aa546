"""Items become drafts of figures by scored decisions: candidates, evidence, weights, the best one; no list of cases.

For each number of a block, in order: which part it plays (``parts``), what it is called (``names``), when it holds and
in which status (``times``), what it compares with and to which figure it belongs (``comparisons``). Each decision
chooses among candidates by the sum of the weights of what is seen around them (``models/weights``), fitted to gold by
``solieu train``. The room stands beside ``reader`` until its scores are better on every text.
"""
