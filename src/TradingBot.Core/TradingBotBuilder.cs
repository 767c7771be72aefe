using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot;

/// <summary>Chooses the parts of a bot. Each choice replaces the one before it.</summary>
public sealed class TradingBotBuilder
{
    internal TradingBotBuilder(IServiceCollection services, IConfiguration? section) => (Services, Section) = (services, section);

    /// <summary>Gets the application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Gets where the bot's options come from, for parts whose options lie inside; <see langword="null"/> when they come from code alone.</summary>
    internal IConfiguration? Section { get; }

    /// <summary>Lets a strategy of the application decide.</summary>
    /// <typeparam name="T">The strategy; its constructor may ask for services.</typeparam>
    public TradingBotBuilder UseStrategy<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IStrategy
    {
        Services.Replace(ServiceDescriptor.Singleton<IStrategy, T>());
        return this;
    }

    /// <summary>Lets a given strategy decide.</summary>
    public TradingBotBuilder UseStrategy(IStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        Services.Replace(ServiceDescriptor.Singleton(strategy));
        return this;
    }

    /// <summary>Forecasts with an ONNX model in a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="options">How to run it, and what it is if its file does not say.</param>
    public TradingBotBuilder UseModel(string path, OnnxPredictorOptions? options = null) => UseModel(new FileModelLoader(path), options);

    /// <summary>Forecasts with an ONNX model that a loader brings.</summary>
    /// <param name="loader">Brings the file.</param>
    /// <param name="options">How to run it, and what it is if its file does not say.</param>
    public TradingBotBuilder UseModel(IModelLoader loader, OnnxPredictorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loader);
        Services.Replace(ServiceDescriptor.Singleton(loader));
        if (options is not null)
        {
            Services.Replace(ServiceDescriptor.Singleton(options));
        }

        return this;
    }

    /// <summary>Forecasts with a predictor of the application.</summary>
    public TradingBotBuilder UsePredictor(IPredictor predictor)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        Services.Replace(ServiceDescriptor.Singleton(predictor));
        return this;
    }

    /// <summary>Reads market data with a fetcher of the application.</summary>
    /// <typeparam name="T">The fetcher; its constructor may ask for services.</typeparam>
    public TradingBotBuilder UseFetcher<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IFetcher
    {
        Services.Replace(ServiceDescriptor.Singleton<IFetcher, T>());
        return this;
    }

    /// <summary>Reads market data with a given fetcher.</summary>
    public TradingBotBuilder UseFetcher(IFetcher fetcher)
    {
        ArgumentNullException.ThrowIfNull(fetcher);
        Services.Replace(ServiceDescriptor.Singleton(fetcher));
        return this;
    }

    /// <summary>Trades with an orderer of the application.</summary>
    /// <typeparam name="T">The orderer; its constructor may ask for services.</typeparam>
    public TradingBotBuilder UseOrderer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IOrderer
    {
        Services.Replace(ServiceDescriptor.Singleton<IOrderer, T>());
        return this;
    }

    /// <summary>Trades with a given orderer.</summary>
    public TradingBotBuilder UseOrderer(IOrderer orderer)
    {
        ArgumentNullException.ThrowIfNull(orderer);
        Services.Replace(ServiceDescriptor.Singleton(orderer));
        return this;
    }

    /// <summary>Keeps what the limits remember in files of a folder, so that a tripped limit outlives the process.</summary>
    /// <param name="folder">The folder; it is made when it is missing.</param>
    public TradingBotBuilder KeepLimitsIn(string folder)
    {
        Services.Replace(ServiceDescriptor.Singleton<IRiskStore>(new FileRiskStore(folder)));
        return this;
    }
}
