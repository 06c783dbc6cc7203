using DaprMoE.DirectTransport;
using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>Which failures of a start have messages for users.</summary>
internal static class ExplainedFailures
{
    public static bool Include(Exception failure) => failure is CheckpointException or TokenizerException or TemplateException
        or InvalidDataException or ContextLimitException or InsufficientMemoryException or ExpertTooLargeException or ExpertHostsException
        or BackendUnavailableException or PolicyRefusedException;
}
