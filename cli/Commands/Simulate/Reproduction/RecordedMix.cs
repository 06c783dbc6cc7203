using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>Routing of the bundled model over one stream of prompts.</summary>
/// <param name="Name">The stream, in words.</param>
/// <param name="Loads">What its gates chose.</param>
/// <param name="Forecasts">The same with what each predictor said before.</param>
internal sealed record RecordedMix(string Name, ReplayedRouting Loads, IReadOnlyList<ReplayedRouting> Forecasts);
