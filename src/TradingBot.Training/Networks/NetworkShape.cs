using System.Runtime.InteropServices;

namespace TradingBot.Training.Networks;

/// <summary>What a network reads and puts out: bars of the window, features of a bar, and steps ahead.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NetworkShape(int Window, int Features, int Steps);
