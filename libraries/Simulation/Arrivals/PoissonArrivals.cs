namespace DaprMoE.Simulation;

/// <summary>Independent arrivals at a fixed rate; lengths are geometric around the means of Azure's conversation trace.</summary>
internal static class PoissonArrivals
{
    private const double MeanPromptTokens = 1155;
    private const double MeanGeneratedTokens = 211;

    public static List<RequestArrival> Draw(double perSecond, double seconds, Xoshiro256 random)
    {
        List<RequestArrival> arrivals = [];
        for (double at = Gap(); at < seconds; at += Gap())
        {
            arrivals.Add(new RequestArrival(at, Length(MeanPromptTokens), Length(MeanGeneratedTokens)));
        }

        return arrivals;

        double Gap() => -Math.Log(1 - random.Uniform()) / perSecond;

        int Length(double mean) => 1 + (int)(-Math.Log(1 - random.Uniform()) * (mean - 1));
    }
}
