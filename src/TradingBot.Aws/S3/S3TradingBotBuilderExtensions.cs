using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TradingBot.Journal;
using TradingBot.Prediction;
using TradingBot.Trading;

namespace TradingBot.Aws.S3;

/// <summary>Lets a bot keep things in S3.</summary>
public static class S3TradingBotBuilderExtensions
{
    /// <summary>Forecasts with an ONNX model that lies in S3.</summary>
    /// <param name="builder">The bot.</param>
    /// <param name="model">Which object it is.</param>
    /// <param name="options">How to run it, and what it is if its file does not say.</param>
    /// <exception cref="ArgumentException">An option is missing or not of its form.</exception>
    public static TradingBotBuilder UseS3Model(this TradingBotBuilder builder, S3ModelOptions model, OnnxPredictorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseModel(new S3ModelLoader(model), options);
    }

    /// <summary>Keeps what the limits remember in S3, so that a tripped limit outlives the process and the machine.</summary>
    /// <param name="builder">The bot.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What the keys begin with.</param>
    public static TradingBotBuilder KeepLimitsInS3(this TradingBotBuilder builder, string bucket, string prefix = "state/")
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IRiskStore>(new S3RiskStore(bucket, prefix)));
        return builder;
    }

    /// <summary>Keeps the journal in S3: every decision with its inputs, every order and cycle.</summary>
    /// <param name="builder">The bot.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What the keys begin with.</param>
    public static TradingBotBuilder KeepJournalInS3(this TradingBotBuilder builder, string bucket, string prefix = "journal/")
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<ITradeJournal>(new S3TradeJournal(bucket, prefix)));
        return builder;
    }
}
