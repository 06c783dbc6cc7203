using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>
/// What happens by the clock, beside the iterations: keep-alives end, and every few windows of load the layers are planned by policies
/// that need no forecast, and all plans become those that memory holds to.
/// </summary>
internal sealed class SlowLoop(Cell cell, PlanMaker plans, ReplicaMemory memory, PlanFollower follower)
{
    private static readonly double Window = PolicyDefaults.LoadWindow.TotalSeconds;
    private static readonly double Turn = PolicyDefaults.WindowsPerPlan * Window;

    private double _windowEnd = Window;
    private double _lastTurn;

    /// <summary>Turns taken so far.</summary>
    public int Turns { get; private set; }

    /// <summary>Lets time pass between two iterations.</summary>
    /// <param name="since">When the last iteration ended, s.</param>
    /// <param name="now">When the next one begins, s.</param>
    public void PassTime(double since, double now)
    {
        for (; _windowEnd <= now; _windowEnd += Window)
        {
            // Without a keep-alive a tick takes all that the held plan does not name, also what the fast loop has just asked for.
            if (memory.KeepAliveUs > 0)
            {
                memory.Tick(Math.Max(since, _windowEnd));
            }
        }

        memory.AdvanceTo(now);
        double turn = Math.Floor(now / Turn) * Turn;
        if (turn > _lastTurn)
        {
            _lastTurn = turn;
            Plan(turn, now);
        }
    }

    // By the clock of the windows: the time between two plans does not hang on when an iteration ends.
    private void Plan(double turn, double now)
    {
        Turns++;
        for (int layer = 0; layer < cell.Shape.Layers; layer++)
        {
            plans.Renew(layer, memory, turn);
            follower.Follow(layer, plans.Of(layer), now);
        }

        follower.Hold(plans.Of, now);
        memory.Tick(now);
    }
}
