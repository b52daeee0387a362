// Each test has two daemons and players of its own; several at once would only wait for each other's processor time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
