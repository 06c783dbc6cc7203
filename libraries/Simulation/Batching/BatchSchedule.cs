using System.Globalization;

namespace DaprMoE.Simulation;

/// <summary>Batches of given sizes, again and again: <c>64</c>, or <c>1x4096,200x8</c> for one of 4,096 tokens and then 200 of 8.</summary>
public sealed record BatchSchedule
{
    private const int MostTokens = 1 << 20;
    private const int MostIterations = 1_000_000;

    private BatchSchedule(IReadOnlyList<BatchStep> steps) => Steps = steps;

    /// <summary>Sizes in order, each with the number of its iterations.</summary>
    public IReadOnlyList<BatchStep> Steps { get; }

    /// <summary>Iterations until the schedule begins again.</summary>
    public int Iterations => Steps.Sum(step => step.Iterations);

    /// <summary>Reads <c>TOKENS</c> or <c>COUNTxTOKENS</c>, several with commas between.</summary>
    /// <exception cref="SimulationException">The text is none of these.</exception>
    public static BatchSchedule Parse(string text)
    {
        List<BatchStep> steps = [];
        foreach (string part in text.Split(','))
        {
            string[] fields = part.Split('x');
            string count = fields.Length == 2 ? fields[0] : "1";
            if (fields.Length > 2
                || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int iterations)
                || !int.TryParse(fields[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int tokens)
                || iterations is < 1 or > MostIterations
                || tokens is < 1 or > MostTokens)
            {
                throw new SimulationException(
                    $"--tokens is {text}; it may be TOKENS or COUNTxTOKENS (1x4096,200x8), tokens 1 to {MostTokens}, "
                    + $"counts 1 to {MostIterations}.");
            }

            steps.Add(new BatchStep(iterations, tokens));
        }

        return new BatchSchedule(steps);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', Steps.Select(step => step.Iterations == 1 && Steps.Count == 1
        ? step.Tokens.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{step.Iterations}x{step.Tokens}")));
}
