using DaprMoE.Models;

namespace DaprMoE.ExpertHost;

/// <summary>Who is told while the packed file is written; null for nobody.</summary>
internal sealed record PackingProgress(IProgress<PackProgress>? Progress);
