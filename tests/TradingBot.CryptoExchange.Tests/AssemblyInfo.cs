// The libraries under test keep the exchange's clock and its request limits once per process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
