namespace ConsoleHost.Live;

/// <summary>Where the orders of a run go.</summary>
internal enum LiveAccount
{
    Simulated,
    Demo,
    Real,
}
