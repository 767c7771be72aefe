using TradingBot.Training.Networks;

namespace TradingBot.Training.Optimization;

/// <summary>Fills the buffers of a training session with batches: every round has its own order of samples and its own dropout.</summary>
internal sealed class Batches
{
    private readonly TrainingData _data;
    private readonly NetworkPlan _plan;
    private readonly int _batch;
    private readonly int[][] _orders;
    private readonly Random[] _shuffling;
    private readonly Random[] _dropping;

    public Batches(TrainingData data, int count, NetworkPlan plan, int batch, TrainingOptions options, int firstRound)
    {
        (_data, _plan, _batch) = (data, plan, batch);
        _orders = [.. Enumerable.Range(0, options.Rounds).Select(_ => Enumerable.Range(0, count).ToArray())];
        _shuffling = [.. Enumerable.Range(0, options.Rounds).Select(round => RandomStreams.Create(options.Seed, firstRound + round, RandomStreams.Purpose.Order))];
        _dropping = [.. Enumerable.Range(0, options.Rounds).Select(round => RandomStreams.Create(options.Seed, firstRound + round, RandomStreams.Purpose.Dropout))];
    }

    /// <summary>Gets the number of batches of an epoch.</summary>
    public int Count => (_orders[0].Length + _batch - 1) / _batch;

    /// <summary>Copies a window to a place in [window, batch, features].</summary>
    public static void CopySample(TrainingData data, int index, Span<float> destination, int place, int batch)
    {
        var sample = data.Sample(index);
        var features = data.Features;
        for (var time = 0; time < data.Window; time++)
        {
            sample.Slice(time * features, features).CopyTo(destination[(((time * batch) + place) * features)..]);
        }
    }

    /// <summary>Draws a new order of samples for every round.</summary>
    public void Shuffle()
    {
        for (var round = 0; round < _orders.Length; round++)
        {
            // Fisher and Yates, written out so that the order does not change with the runtime.
            var (order, random) = (_orders[round], _shuffling[round]);
            for (var i = order.Length - 1; i > 0; i--)
            {
                var j = random.Next(i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }
        }
    }

    /// <summary>Fills the buffers with a batch, and says how many samples it has.</summary>
    public int Fill(TrainingSession session, int index)
    {
        var filled = Math.Min(_batch, _orders[0].Length - (index * _batch));
        var (sampleLength, steps) = (_data.Window * _batch * _data.Features, _data.Steps);
        for (var round = 0; round < _orders.Length; round++)
        {
            var samples = session.Samples.Slice(round * sampleLength, sampleLength);
            var targets = session.Targets.Slice(round * _batch * steps, _batch * steps);
            var weights = session.Weights.Slice(round * _batch, _batch);
            for (var place = 0; place < _batch; place++)
            {
                // What is left of a batch that is not full stays as it was, at no weight.
                weights[place] = place < filled ? 1f / filled : 0;
                if (place < filled)
                {
                    var sample = _orders[round][(index * _batch) + place];
                    CopySample(_data, sample, samples, place, _batch);
                    _data.Target(sample).CopyTo(targets[(place * steps)..]);
                }
            }
        }

        Drop(session.Masks);
        return filled;
    }

    private void Drop(Span<float> masks)
    {
        foreach (var mask in _plan.Masks)
        {
            var length = mask.Count / _orders.Length;
            var kept = (float)(1 / (1 - mask.Rate));
            for (var round = 0; round < _orders.Length; round++)
            {
                var random = _dropping[round];
                foreach (ref var element in masks.Slice(mask.Offset + (round * length), length))
                {
                    element = random.NextDouble() < mask.Rate ? 0 : kept;
                }
            }
        }
    }
}
