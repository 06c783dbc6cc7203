namespace DaprMoE.Simulation;

/// <summary>What random numbers are drawn for. Each purpose has a stream of its own, so that asking more of one changes no other.</summary>
internal enum RandomStream
{
    Popularity = 1,
    Mix = 2,
    Tokens = 3,
    Forecast = 4,
    Arrivals = 5,
    History = 6,
    Samples = 7,
}
