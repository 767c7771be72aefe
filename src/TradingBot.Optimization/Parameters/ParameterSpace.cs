using MathNet.Numerics;
using MathNet.Numerics.Random;

namespace TradingBot.Optimization.Parameters;

/// <summary>All combinations of values that a search may try, and the ways of picking some of them. The same seed picks the same ones again.</summary>
public sealed class ParameterSpace
{
    private const long MaxTrials = 10_000_000;
    private const int DrawsPerTrial = 1_000;

    private readonly Parameter[] _parameters;
    private readonly Func<ParameterSet, bool>? _isAllowed;

    /// <summary>Initializes a space.</summary>
    /// <param name="parameters">The parameters; at least one, each name once.</param>
    /// <exception cref="ArgumentException">There are no parameters, or a name is given twice.</exception>
    public ParameterSpace(params IReadOnlyList<Parameter> parameters)
        : this([.. parameters ?? throw new ArgumentNullException(nameof(parameters))], null)
    {
        if (_parameters.Length == 0)
        {
            throw new ArgumentException("A parameter space needs at least one parameter, found none.", nameof(parameters));
        }

        if (_parameters.CountBy(parameter => parameter.Name, StringComparer.Ordinal).FirstOrDefault(name => name.Value > 1).Key is { } twice)
        {
            throw new ArgumentException($"The parameter '{twice}' is given twice.", nameof(parameters));
        }
    }

    private ParameterSpace(Parameter[] parameters, Func<ParameterSet, bool>? isAllowed) => (_parameters, _isAllowed) = (parameters, isAllowed);

    /// <summary>Gets the parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Leaves out combinations that make no sense, such as a fast average that is slower than the slow one.</summary>
    /// <param name="isAllowed">Says whether a combination may be tried; a pure function.</param>
    public ParameterSpace Where(Func<ParameterSet, bool> isAllowed)
    {
        ArgumentNullException.ThrowIfNull(isAllowed);
        return new ParameterSpace(_parameters, _isAllowed is { } before ? set => before(set) && isAllowed(set) : isAllowed);
    }

    /// <summary>Gets every combination of the grid values, the last parameter changing fastest.</summary>
    /// <exception cref="InvalidOperationException">There are more than ten million combinations, or none is allowed.</exception>
    public IReadOnlyList<ParameterSet> Grid()
    {
        var count = 1L;
        foreach (var parameter in _parameters)
        {
            count = count > MaxTrials ? count : count * parameter.GridCount;
        }

        if (count > MaxTrials)
        {
            throw new InvalidOperationException($"The grid has more than {MaxTrials} combinations; take fewer values, or sample.");
        }

        var trials = new List<ParameterSet>();
        for (var number = 0L; number < count; number++)
        {
            var left = number;
            var values = new ParameterValue[_parameters.Length];
            for (var i = _parameters.Length - 1; i >= 0; i--)
            {
                values[i] = _parameters[i].AtGrid((int)(left % _parameters[i].GridCount));
                left /= _parameters[i].GridCount;
            }

            AddIfAllowed(trials, values);
        }

        return trials.Count > 0 ? trials : throw new InvalidOperationException("None of the grid's combinations is allowed.");
    }

    /// <summary>Draws combinations at random, every value with equal probability.</summary>
    /// <param name="count">How many different ones; 1 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="InvalidOperationException">So many different and allowed combinations were not found.</exception>
    public IReadOnlyList<ParameterSet> Random(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        var (trials, seen) = (new List<ParameterSet>(), new HashSet<ParameterSet>());
        for (var draw = 0L; trials.Count < count; draw++)
        {
            if (draw == (long)count * DrawsPerTrial)
            {
                throw new InvalidOperationException($"Only {trials.Count} of {count} different combinations were found in {draw} draws; the space is too small, take its grid.");
            }

            var set = SetOf(Array.ConvertAll(_parameters, parameter => parameter.At(random.NextDouble())));
            if (_isAllowed?.Invoke(set) != false && seen.Add(set))
            {
                trials.Add(set);
            }
        }

        return trials;
    }

    /// <summary>Draws combinations by Latin hypercube sampling: the range of each parameter is cut into as many parts as there are draws, and each part is drawn from once.</summary>
    /// <remarks>M. D. McKay, R. J. Beckman and W. J. Conover, "A Comparison of Three Methods for Selecting Values of Input Variables in the Analysis of
    /// Output from a Computer Code", Technometrics 21 (2), 1979.</remarks>
    /// <param name="count">How many draws; 1 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The combinations that were drawn; fewer than <paramref name="count"/> where some are equal or not allowed.</returns>
    /// <exception cref="InvalidOperationException">None of the drawn combinations is allowed.</exception>
    public IReadOnlyList<ParameterSet> LatinHypercube(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        var parts = Array.ConvertAll(_parameters, _ => Combinatorics.GeneratePermutation(count, random));
        var trials = new List<ParameterSet>();
        for (var draw = 0; draw < count; draw++)
        {
            var values = new ParameterValue[_parameters.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = _parameters[i].At((parts[i][draw] + random.NextDouble()) / count);
            }

            AddIfAllowed(trials, values);
        }

        return trials.Count > 0 ? [.. trials.Distinct()] : throw new InvalidOperationException("None of the drawn combinations is allowed.");
    }

    private void AddIfAllowed(List<ParameterSet> trials, ParameterValue[] values)
    {
        var set = SetOf(values);
        if (_isAllowed?.Invoke(set) != false)
        {
            trials.Add(set);
        }
    }

    private ParameterSet SetOf(ParameterValue[] values) =>
        new(_parameters.Select((parameter, i) => KeyValuePair.Create(parameter.Name, values[i])));
}
