namespace TradingBot.Tests.Shared;

/// <summary>The one key and secret that every suite signs with. They look like real ones and occur nowhere else, so <c>.ci/scan-keys</c> finds them in whatever
/// a run of all tests leaves behind. Never put them into a test's name or data, which are printed.</summary>
internal static class TestKeys
{
    public const string Key = "KGpOyQNcdOyZbkBFTFoOxtzHq8STZHE6svi34zWH8xMS9BMoXOJrLo8F2nXMzqQd";
    public const string Secret = "gCWwDllJtWR6zqlIKiUBKnCfK2vuAiSDMK2xTY2xA6bznBRkirAgsXOhyl9F6sn2";
}
