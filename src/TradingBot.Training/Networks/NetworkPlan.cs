using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>What a network needs before it can be built for training: where each parameter lies in the flat vector, and how large the dropout masks are.</summary>
internal sealed class NetworkPlan
{
    private readonly List<NetworkParameter> _parameters = [];
    private readonly List<DropoutMask> _masks = [];

    private NetworkPlan(NetworkArchitecture architecture, NetworkShape shape) => (Architecture, Shape) = (architecture, shape);

    public NetworkArchitecture Architecture { get; }

    public NetworkShape Shape { get; }

    public IReadOnlyList<NetworkParameter> Parameters => _parameters;

    /// <summary>Gets the number of numbers that are trained.</summary>
    public int ParameterCount => _parameters.Sum(parameter => parameter.Count);

    public IReadOnlyList<DropoutMask> Masks => _masks;

    /// <summary>Gets the length of the flat vector of masks of all rounds.</summary>
    public int MaskLength => _masks.Sum(mask => mask.Count);

    /// <summary>Builds a network once to learn what it needs when trained in so many rounds with batches of so many samples.</summary>
    public static NetworkPlan Create(NetworkArchitecture architecture, NetworkShape shape, int rounds, int batch)
    {
        var plan = new NetworkPlan(architecture, shape);
        var graph = new GraphBuilder(architecture.Name);
        var window = graph.Input("samples", rounds, shape.Window, batch, shape.Features);
        plan.Build(graph, new Recorder(plan, rounds), window);
        return plan.ParameterCount > 0 ? plan : throw new ArgumentException($"The network '{architecture.Name}' has no parameters to train.");
    }

    /// <summary>Builds the network and checks what it puts out.</summary>
    public OnnxValue Build(GraphBuilder graph, NetworkTensors tensors, OnnxValue window)
    {
        var output = Architecture.Build(new NetworkBuilder(graph, tensors), window, Shape.Steps);
        return output.Rank == 3 && output.Shape[1] == window.Shape[2] && output.Shape[2] == Shape.Steps
            ? output
            : throw new ArgumentException(
                $"The network '{Architecture.Name}' must put out [rounds, batch, steps] with {Shape.Steps} step(s), found {output}.");
    }

    /// <summary>Draws the first parameters of one round.</summary>
    public void Initialize(Span<float> parameters, Random random)
    {
        foreach (var parameter in _parameters)
        {
            parameter.Initialization.Fill(parameters.Slice(parameter.Offset, parameter.Count), random);
        }
    }

    private sealed class Recorder(NetworkPlan plan, int rounds) : NetworkTensors
    {
        public override OnnxValue Parameter(GraphBuilder graph, string name, long[] shape, ParameterInitialization initialization)
        {
            var index = plan._parameters.Count;
            var value = graph.Input($"{name}_{index}", [rounds, .. shape]);
            plan._parameters.Add(new NetworkParameter(name, shape, initialization, plan.ParameterCount, checked((int)(value.ElementCount / rounds))));
            return value;
        }

        public override OnnxValue? DropoutMask(GraphBuilder graph, OnnxValue value, double rate)
        {
            plan._masks.Add(new DropoutMask(rate, plan.MaskLength, checked((int)value.ElementCount)));
            return graph.Input($"mask_{plan._masks.Count}", value.Shape);
        }
    }
}
