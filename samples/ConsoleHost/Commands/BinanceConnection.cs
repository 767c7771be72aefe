using System.CommandLine;
using TradingBot.Binance;

namespace ConsoleHost.Commands;

/// <summary>The options that say which system of the exchange is spoken to.</summary>
internal sealed class BinanceConnection
{
    private readonly Option<Uri?> _rest = Address("--rest", "The address of the REST service, such as http://127.0.0.1:9292 for a local TradingBot.FakeBinance. Left out, the exchange's own.");
    private readonly Option<Uri?> _stream = Address("--stream", "The address of the streams. Left out with a local --rest, the same host and port.");
    private readonly Option<bool> _testnet = new("--testnet") { Description = "Speaks to the exchange's demo system." };

    public void AddTo(Command command)
    {
        command.Options.Add(_rest);
        command.Options.Add(_stream);
        command.Options.Add(_testnet);
    }

    public bool IsTestnet(ParseResult arguments) => arguments.GetValue(_testnet);

    /// <summary>Tells whether the exchange is a server on this machine, which may live in another time.</summary>
    public bool IsLocal(ParseResult arguments) => arguments.GetValue(_rest) is { IsAbsoluteUri: true, IsLoopback: true };

    public void Apply(ParseResult arguments, BinanceOptions options)
    {
        if (arguments.GetValue(_rest) is not { } rest)
        {
            if (arguments.GetValue(_testnet))
            {
                options.Environment = BinanceEnvironment.Testnet;
            }

            return;
        }

        options.Environment = BinanceEnvironment.Custom;
        options.RestAddress = rest;
        options.StreamAddress = arguments.GetValue(_stream)
            ?? (rest is { IsAbsoluteUri: true, IsLoopback: true } ? new UriBuilder(rest) { Scheme = rest.Scheme == "https" ? "wss" : "ws" }.Uri : null);
    }

    private static Option<Uri?> Address(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address))
            {
                return address;
            }

            result.AddError($"{name} must be an address such as http://127.0.0.1:9292, found '{result.Tokens[0].Value}'.");
            return null;
        },
    };
}
