using System.Text.Json;
using System.Text.RegularExpressions;
using TradingBot.Market;
using TradingBot.Tests.Shared;

namespace TradingBot.Aws.Tests.Deployment;

/// <summary>The templates by which the function is deployed, against the specifications that AWS publishes.</summary>
public sealed partial class TemplateTests : IDisposable
{
    private const string Cfn = "cfn-check.mjs";
    private static readonly string Template = Repository.PathOf("samples", "LambdaHost", "template.yaml");
    private static readonly string Machine = Repository.PathOf("samples", "LambdaHost", "sweep.asl.json");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-template-");

    public void Dispose() => _folder.Delete(recursive: true);

    [NpmTheory]
    [InlineData("template.yaml")]
    [InlineData("deploy-role.yaml")]
    public async Task Template_AsItIs_IsValid(string name)
    {
        var package = await NodePackages.GetAsync();

        (await package.RunScriptAsync(Cfn, Repository.PathOf("samples", "LambdaHost", name))).Should().EndWith(" resources\n");
    }

    [NpmTheory]
    [InlineData("      MemorySize: 512", "      MemorySise: 512", "Resources.BotFunction.Properties: there is no property MemorySise")]
    [InlineData("      MemorySize: 512", "      MemorySize: much", "Resources.BotFunction.Properties.MemorySize: expected a whole number, found \"much\"")]
    [InlineData("Type: AWS::SNS::Topic", "Type: AWS::SNS::Topik", "Resources.Alarms: there is no resource type AWS::SNS::Topik")]
    [InlineData("      Principal: events.amazonaws.com\n", "", "Resources.CyclePermission.Properties: the property Principal is missing")]
    [InlineData("!GetAtt FailedEvents.QueueName", "!GetAtt FailedEvents.Queue", "AWS::SQS::Queue has no attribute Queue")]
    [InlineData("RoleArn: !GetAtt SweepMachineRole.Arn", "RoleArn: !GetAtt SweepRoll.Arn", "there is no resource SweepRoll")]
    [InlineData("\"4h\": { Schedule: \"cron(0 0/4 * * ? *)\", MaxAge: 14400,", "\"4h\": { Schedule: \"cron(0 0/4 * * ? *)\",", "the mapping Bars has no MaxAge for 4h")]
    [InlineData("!If [IsLive, Live, Paper]", "!If [IsAlive, Live, Paper]", "there is no condition IsAlive")]
    [InlineData("      Threshold: !Ref BotCount", "      Threshold: 1", "Parameters.BotCount: is not used")]
    [InlineData("        - Protocol: email\n          Endpoint: !Ref AlarmEmail", "        - mail: !Ref AlarmEmail", "there is no property mail")]
    public async Task Template_Broken_IsRefused(string what, string instead, string fault)
    {
        var (text, package) = (await File.ReadAllTextAsync(Template), await NodePackages.GetAsync());
        text.Should().Contain(what);
        File.Copy(Machine, Path.Combine(_folder.FullName, "sweep.asl.json"));
        var broken = Path.Combine(_folder.FullName, "template.yaml");
        await File.WriteAllTextAsync(broken, text.Replace(what, instead, StringComparison.Ordinal));

        (await package.Invoking(one => one.RunScriptAsync(Cfn, broken)).Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain(fault);
    }

    [NpmFact]
    public async Task StateMachine_AsItIs_IsValid()
    {
        var package = await NodePackages.GetAsync();

        (await package.RunScriptAsync("node_modules/asl-validator/dist/bin/asl-validator.js", "--json-path", Machine)).Should().Contain("is valid");
    }

    [NpmTheory]
    [InlineData("\"Next\": \"Make the slices\"", "\"Next\": \"Make the pieces\"")]
    [InlineData("\"Type\": \"Map\"", "\"Type\": \"Mop\"")]
    [InlineData("\"$.numbers\"", "\"$.[numbers\"")]
    public async Task StateMachine_Broken_IsRefused(string what, string instead)
    {
        var (text, package) = (await File.ReadAllTextAsync(Machine), await NodePackages.GetAsync());
        text.Should().Contain(what);
        var broken = Path.Combine(_folder.FullName, "broken.json");
        await File.WriteAllTextAsync(broken, text.Replace(what, instead, StringComparison.Ordinal));

        await package.Invoking(one => one.RunScriptAsync("node_modules/asl-validator/dist/bin/asl-validator.js", "--json-path", broken)).Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public void StateMachine_Items_AreTheEventsOfTheFunction()
    {
        using var machine = JsonDocument.Parse(File.ReadAllText(Machine));

        machine.RootElement.GetProperty("States").GetProperty("Make the slices").GetProperty("ItemSelector").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
            .Should().Be("""{"sweep":{"location.$":"$.location","slice.$":"$$.Map.Item.Value","slices.$":"$.slices"}}""");
    }

    [Fact]
    public void Template_Schedules_AreThereForEveryInterval()
    {
        var rows = ScheduleRow().Matches(File.ReadAllText(Template));

        rows.Select(row => row.Groups["interval"].Value).Should().Equal(Interval.All.Select(interval => interval.ToString()));
        foreach (var (interval, row) in Interval.All.Zip(rows))
        {
            var cron = row.Groups["cron"].Value;
            var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero); // a Monday
            var minutes = Enumerable.Range(0, 7 * 24 * 60).Select(minute => start.AddMinutes(minute)).ToArray();
            var closes = interval.Length == TimeSpan.FromDays(3) ? minutes.Where(Interval.OneDay.IsOpenTime) : minutes.Where(interval.IsOpenTime);
            minutes.Where(minute => Fires(cron, minute)).Should().Equal(closes, "of {0}", interval);

            var (period, periods) = (int.Parse(row.Groups["period"].Value), int.Parse(row.Groups["periods"].Value));
            (period * periods).Should().BeGreaterThanOrEqualTo((int)Math.Min(interval.Length.TotalSeconds, 86_400), "an alarm between two cycles would be a false one");
            (period * periods).Should().BeLessThanOrEqualTo(period < 3_600 ? 86_400 : 604_800, "the service allows no more");
        }
    }

    // Minute, hour and day of the week, each '*', '?', a number, a name or 'from/step'.
    private static bool Fires(string cron, DateTimeOffset time)
    {
        var fields = cron.Split(' ');
        return Fits(fields[0], time.Minute) && Fits(fields[1], time.Hour) && (fields[4] is "*" or "?" || fields[4].Equals(time.DayOfWeek.ToString()[..3], StringComparison.OrdinalIgnoreCase));
    }

    private static bool Fits(string field, int value) =>
        field == "*" || (field.Split('/') is [_, var step] ? value % int.Parse(step) == 0 : int.Parse(field) == value);

    [GeneratedRegex("""^    "(?<interval>\w+)": \{ Schedule: "cron\((?<cron>[^)]*)\)", MaxAge: \d+, AlarmPeriod: (?<period>\d+), AlarmPeriods: (?<periods>\d+) }$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ScheduleRow();
}
