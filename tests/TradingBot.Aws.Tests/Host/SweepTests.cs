using System.Globalization;
using System.Text.Json;
using TradingBot.FakeLambda;
using TradingBot.Market;
using TradingBot.Tests.Shared;
using TradingBot.Training.Models;

namespace TradingBot.Aws.Tests.Host;

/// <summary>A search cut into slices by the published program, against the same search in one process.</summary>
[Collection(HostTests.Name)]
public sealed class SweepTests(PublishedHost host, S3.S3Service s3) : IClassFixture<S3.S3Service>, IDisposable
{
    private const string Definition =
        """
        {
          "symbol": "BTCUSDT",
          "rules": { "tickSize": 0.1, "stepSize": 0.001, "minQuantity": 0.001, "maxQuantity": 1000, "minNotional": 50 },
          "parameters": [
            { "name": "Threshold", "from": 0.0005, "to": 0.02, "count": 7, "logarithmic": true },
            { "name": "StopLoss", "from": 0.005, "to": 0.02, "count": 3 }
          ]
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-sweep-");

    private HostProgram Program => new(host, s3);

    public void Dispose() => _folder.Delete(recursive: true);

    [HostFact]
    public async Task Merge_SlicesOfSeveralProcesses_EqualsTheSearchOfOne()
    {
        await WriteAsync(Definition);

        var slices = await RunAsync("slices", _folder.FullName, "4");
        var merged = await RunAsync("merge", _folder.FullName, "4", PathOf("merged.db"));
        var whole = await RunAsync("sweep", _folder.FullName, PathOf("whole.db"));

        merged.Should().Be(whole);
        var outcome = JsonDocument.Parse(merged).RootElement;
        outcome.GetProperty("trials").GetInt32().Should().Be(21);
        outcome.GetProperty("refused").GetInt32().Should().BeInRange(1, 20, "the smallest thresholds cannot pay their costs");
        outcome.GetProperty("summary").GetProperty("trialCount").GetInt64().Should().Be(21 - outcome.GetProperty("refused").GetInt32());
        outcome.GetProperty("best").GetString().Should().StartWith("StopLoss=");
        slices.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("trials").GetInt32())
            .Should().BeEquivalentTo([6, 5, 5, 5]);
    }

    [HostFact]
    public async Task Merge_SliceMissing_SaysWhich()
    {
        await WriteAsync(Definition);
        await RunAsync("slice", _folder.FullName, "0", "2");

        (await FailAsync("merge", _folder.FullName, "2", PathOf("merged.db"))).Should().StartWith("Slice 1 of 2 is missing: ");
    }

    [HostFact]
    public async Task Merge_DefinitionChangedSince_DoesNotTakeTheOldSlices()
    {
        await WriteAsync(Definition);
        await RunAsync("slice", _folder.FullName, "0", "1");
        await WriteAsync(Definition.Replace("0.02", "0.03", StringComparison.Ordinal));

        (await FailAsync("merge", _folder.FullName, "1", PathOf("merged.db"))).Should().StartWith("Slice 0 of 1 is missing: ");
    }

    [HostFact]
    public async Task Slice_FaultyDefinition_SaysWhere()
    {
        await WriteAsync(Definition.Replace("Threshold", "Treshold", StringComparison.Ordinal));
        (await FailAsync("slice", _folder.FullName, "0", "1")).Should().Be("The strategy has no setting 'Treshold'; expected Threshold or StopLoss.");

        await WriteAsync("{\"symbol\":\"BTCUSDT\"}");
        (await FailAsync("slice", _folder.FullName, "0", "1")).Should().StartWith("sweep.json cannot be read: ").And.Contain("rules");
        (await FailAsync("slice", PathOf("nowhere"), "0", "1")).Should().EndWith("sweep.json does not exist.");
        (await FailAsync("slice", "s3://bucket", "0", "1")).Should().StartWith("Expected a location such as s3://bucket/prefix");
        (await FailAsync("slices")).Should().Contain("bootstrap merge LOCATION N LEDGER");
    }

    [HostFact]
    public async Task Invoke_Slices_AreMadeByTheFunctionInS3AndJoined()
    {
        if (!NodePackage.IsNpmInstalled)
        {
            return;
        }

        await WriteAsync(Definition);
        foreach (var name in new[] { "sweep.json", "bars.csv", "model.onnx" })
        {
            await s3.PutAsync("search/" + name, await File.ReadAllBytesAsync(PathOf(name)));
        }

        await using var function = await FakeLambdaFunction.CreateAsync(new FakeLambdaFunctionOptions { Bootstrap = host.Bootstrap, Environment = Program.Environment });
        for (var slice = 0; slice < 3; slice++)
        {
            var reply = await function.InvokeAsync(string.Create(CultureInfo.InvariantCulture, $$$"""{"sweep":{"location":"s3://models/search","slice":{{{slice}}},"slices":3}}"""));
            reply.Error.Should().BeNull();
            JsonDocument.Parse(reply.Payload!).RootElement.GetProperty("trials").GetInt32().Should().Be(7);
        }

        var wrong = await function.InvokeAsync("""{"sweep":{"location":"s3://models/search","slice":3,"slices":3}}""");
        var cycle = await function.InvokeAsync("{}");
        var merged = await RunAsync("merge", "s3://models/search", "3", PathOf("merged.db"));

        wrong.Error!.Message.Should().Be("Expected a slice from 0 to below the number of slices, found 3 of 3.");
        cycle.Error!.Message.Should().StartWith("No bot is set;");
        merged.Should().Be(await RunAsync("sweep", _folder.FullName, PathOf("whole.db")));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task WriteAsync(string definition)
    {
        var bars = HostRig.Bars(400);
        await File.WriteAllTextAsync(PathOf("sweep.json"), definition);
        BarCsv.Write(PathOf("bars.csv"), bars);
        await AutoregressiveModel.Fit(bars[..200], order: 1).SaveAsync(PathOf("model.onnx"));
    }

    private Task<string> RunAsync(params string[] arguments) => Program.RunAsync(arguments);

    private Task<string> FailAsync(params string[] arguments) => Program.FailAsync(arguments);
}
