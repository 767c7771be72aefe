using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace TradingBot.Training.Networks;

/// <summary>How the parameters of a layer begin, before training.</summary>
public abstract class ParameterInitialization
{
    private ParameterInitialization()
    {
    }

    /// <summary>Gets the initialization with 0.</summary>
    public static ParameterInitialization Zeros { get; } = new Fixed(0);

    /// <summary>Gets the initialization with 1.</summary>
    public static ParameterInitialization Ones { get; } = new Fixed(1);

    /// <summary>Draws from the uniform distribution whose variance is 2 / (fan in + fan out): Glorot and Bengio 2010, equation 16.</summary>
    /// <param name="fanIn">How many inputs an output sums over.</param>
    /// <param name="fanOut">How many outputs an input goes into.</param>
    public static ParameterInitialization GlorotUniform(double fanIn, double fanOut)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fanIn);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fanOut);
        return new Glorot(Math.Sqrt(6 / (fanIn + fanOut)));
    }

    /// <summary>Draws a matrix with orthonormal rows or columns, whichever are fewer: Saxe, McClelland and Ganguli 2014.</summary>
    /// <param name="rows">The rows of the matrix.</param>
    /// <param name="columns">The columns of the matrix.</param>
    public static ParameterInitialization Orthogonal(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        return new RandomRotation(rows, columns);
    }

    /// <summary>Sets a run of elements to 1 and the others to 0, as for the bias of an LSTM's forget gate: Jozefowicz, Zaremba and Sutskever 2015.</summary>
    /// <param name="start">The first element of the run, from 0.</param>
    /// <param name="length">The number of elements.</param>
    public static ParameterInitialization OnesAt(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return new Run(start, length);
    }

    internal abstract void Fill(Span<float> parameters, Random random);

    private sealed class Fixed(float value) : ParameterInitialization
    {
        internal override void Fill(Span<float> parameters, Random random) => parameters.Fill(value);
    }

    private sealed class Glorot(double limit) : ParameterInitialization
    {
        internal override void Fill(Span<float> parameters, Random random)
        {
            foreach (ref var parameter in parameters)
            {
                parameter = (float)(limit * ((2 * random.NextDouble()) - 1));
            }
        }
    }

    private sealed class RandomRotation(int rows, int columns) : ParameterInitialization
    {
        internal override void Fill(Span<float> parameters, Random random)
        {
            var (tall, wide) = (Math.Max(rows, columns), Math.Min(rows, columns));
            var normal = Matrix<double>.Build.Dense(tall, wide);
            for (var i = 0; i < tall; i++)
            {
                for (var j = 0; j < wide; j++)
                {
                    normal[i, j] = Normal.Sample(random, 0, 1);
                }
            }

            // The factor of a normal matrix is uniform among rotations once R's diagonal is made positive.
            var factors = normal.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin);
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    var (row, column) = rows >= columns ? (i, j) : (j, i);
                    parameters[(i * columns) + j] = (float)(factors.Q[row, column] * Math.Sign(factors.R[column, column]));
                }
            }
        }
    }

    private sealed class Run(int start, int length) : ParameterInitialization
    {
        internal override void Fill(Span<float> parameters, Random random)
        {
            parameters.Clear();
            parameters.Slice(start, length).Fill(1);
        }
    }
}
