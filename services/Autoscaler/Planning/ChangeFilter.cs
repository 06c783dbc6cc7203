using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler;

/// <summary>
/// Lets a layer's plan change only when two decisions in a row want a change: samples of a steady load differ by chance, and what a chance
/// wants is not wanted again. A layer that lost replicas, or has experts without one, is not kept waiting.
/// </summary>
internal sealed class ChangeFilter(int layers)
{
    private readonly bool[] _wanted = new bool[layers];

    /// <summary>Whether what is alive stays for this round.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="alive">What is alive; null when nothing is.</param>
    /// <param name="isWhole">Whether all replicas of the plan in force are alive, and it was made by the same policy.</param>
    /// <param name="decided">What the policy wants.</param>
    public bool Keeps(int layer, LayerPlan? alive, bool isWhole, LayerPlan decided)
    {
        bool isChange = alive is null || !alive.SameAs(decided);
        bool isFirst = isChange && !_wanted[layer];
        _wanted[layer] = isFirst;
        return isFirst && isWhole && alive is not null && !AddsFirstReplica(alive, decided);
    }

    private static bool AddsFirstReplica(LayerPlan alive, LayerPlan decided)
    {
        for (int expert = 0; expert < decided.Experts; expert++)
        {
            if (alive.CountOf(expert) == 0 && decided.CountOf(expert) > 0)
            {
                return true;
            }
        }

        return false;
    }
}
