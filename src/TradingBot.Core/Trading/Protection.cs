namespace TradingBot.Trading;

/// <summary>What a look after the stops has come to.</summary>
internal sealed class Protection
{
    /// <summary>Gets or sets the account as it was last read.</summary>
    public AccountSnapshot? Account { get; set; }

    /// <summary>Gets or sets the timestamp of that reading.</summary>
    public long ReadAt { get; set; }

    /// <summary>Gets or sets how many readings have grown too old before anything was done on them.</summary>
    public int OldReadings { get; set; }

    /// <summary>Gets or sets the stop that stands.</summary>
    public OrderResult? Stop { get; set; }

    /// <summary>Gets the orders that were sent or canceled.</summary>
    public List<OrderResult> Orders { get; } = [];

    /// <summary>Gets or sets why the position is not protected as it should be, or <see langword="null"/>.</summary>
    public string? Trouble { get; set; }

    /// <summary>Gets or sets why the position was closed, or <see langword="null"/> if it was not.</summary>
    public string? ClosedBecause { get; set; }

    /// <summary>Gets or sets a value indicating whether trying again cannot help.</summary>
    public bool IsHopeless { get; set; }

    /// <summary>Gets or sets a value indicating whether the price was found to have passed the stop of an entry that waits, and so the entry itself.</summary>
    public bool IsEntryPassed { get; set; }

    public void Fail(string trouble) => Trouble = trouble;
}
