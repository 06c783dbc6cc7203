using DaprMoE.DirectTransport;
using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>The failures of a start whose messages are for users.</summary>
internal static class ExplainedFailures
{
    public static bool Include(Exception failure) => failure is CheckpointException or TokenizerException or TemplateException
        or ContextLimitException or ExpertTooLargeException or ExpertHostsException or BackendUnavailableException or PolicyRefusedException;
}
