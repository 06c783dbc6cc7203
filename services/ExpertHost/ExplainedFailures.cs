using DaprMoE.Experts;
using DaprMoE.Models;

namespace DaprMoE.ExpertHost;

/// <summary>The failures of a start whose messages are for users.</summary>
internal static class ExplainedFailures
{
    public static bool Include(Exception failure) => failure is CheckpointException or ExpertTooLargeException or BackendUnavailableException;
}
