using DaprMoE.Scheduling;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>
/// A bill for the whole model where a part of its layers was simulated, as if the others behaved alike: with k times the layers an
/// iteration takes k times as long, and k times the memory is held meanwhile; a layer's own memory while it runs is the same in each layer.
/// </summary>
/// <param name="Active">Each layer's replicas while it runs, GB·s.</param>
/// <param name="PaperCost">The same, and what is no expert while that runs: the paper's C, GB·s.</param>
/// <param name="Residency">All that is held, GB·s.</param>
/// <param name="Money">The price of that, USD.</param>
internal readonly record struct ModelBill(double Active, double PaperCost, double Residency, double Money)
{
    public static ModelBill Of(PolicyResult result, string shape)
    {
        double times = (double)ModelShapes.Find(shape)!.Layers / Experiments.Layers;
        double nonExpertSeconds = result.BusySeconds - (result.Layer.Mean * result.LayerIterations);
        double nonExpert = result.Bill.NonExpertGbSeconds * nonExpertSeconds / result.Seconds;
        double active = times * result.Bill.ActiveGbSeconds;
        return new ModelBill(
            active,
            active + (times * times * nonExpert),
            times * times * result.Bill.ResidencyGbSeconds,
            times * times * result.Bill.Money);
    }
}
