namespace TradingBot.Journal.Tests;

public sealed class JournalTextTests
{
    public static TheoryData<JournalEntry> Entries => [SampleEntries.Decision(), SampleEntries.Order(3), SampleEntries.Cycle(5)];

    [Theory]
    [MemberData(nameof(Entries))]
    public void Read_WhatWriteMade_IsTheSameToTheLastBit(JournalEntry entry)
    {
        var text = JournalText.Write(entry);

        var read = JournalText.Read(text);

        text.Should().NotContain("\n");
        read.Should().BeOfType(entry.GetType());
        JournalText.Write(read).Should().Be(text);
    }

    [Theory]
    [InlineData("", "Expected an object with kind and entry: *")]
    [InlineData("[]", "Expected an object with kind and entry: *")]
    [InlineData("{\"kind\":\"order\"}", "Expected an object with kind and entry: *")]
    [InlineData("{\"kind\":\"thought\",\"entry\":{}}", "Expected an entry of kind decision, order or cycle, found 'thought'.")]
    [InlineData("{\"kind\":\"order\",\"entry\":{}}", "Not what a journal writes: *")]
    public void Read_SomethingElse_SaysWhatWasExpected(string text, string message)
    {
        var read = () => JournalText.Read(text);

        read.Should().Throw<InvalidDataException>().WithMessage(message);
    }
}
