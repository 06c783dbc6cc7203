namespace DaprMoE.Models;

/// <summary>The jobs that fill a packed file.</summary>
internal static class PackJobs
{
    public static IReadOnlyList<PackJob> Of(Checkpoint checkpoint, PackedLayout layout, WeightsHash hash)
    {
        List<PackJob> jobs = [.. layout.Entries.Select(entry => Of(checkpoint, entry, hash))];
        foreach (PackedExperts experts in layout.Experts)
        {
            for (int expert = 0; expert < experts.Count; expert++)
            {
                AddExpert(jobs, checkpoint, experts, expert, hash);
            }
        }

        return jobs;
    }

    private static PackJob Of(Checkpoint checkpoint, PackedEntry entry, WeightsHash hash)
    {
        SourceReader source = new(checkpoint, entry.Source, hash);
        return entry.Form switch
        {
            PackedForm.Rows => new RowsJob(source, entry),
            PackedForm.Panels => new PanelsJob(source, entry.Type, entry.Rows, entry.Columns, entry.Offset),
            PackedForm.PanelPairs => new PanelPairsJob(
                source, new SourceReader(checkpoint, entry.Partner!, hash), entry.Type, entry.Rows, entry.Columns, entry.Offset),
            _ => new VectorJob(source, entry),
        };
    }

    private static void AddExpert(List<PackJob> jobs, Checkpoint checkpoint, PackedExperts experts, int expert, WeightsHash hash)
    {
        GatedTensorNames names = checkpoint.Family.Names.Expert(experts.Layer, expert);
        long offset = experts.OffsetOf(expert);
        jobs.Add(new PanelPairsJob(
            new SourceReader(checkpoint, $"{names.Gate}.weight", hash),
            new SourceReader(checkpoint, $"{names.Up}.weight", hash),
            experts.GateUpType,
            experts.FfnSize,
            experts.HiddenSize,
            offset));
        jobs.Add(new PanelsJob(
            new SourceReader(checkpoint, $"{names.Down}.weight", hash),
            experts.DownType,
            experts.HiddenSize,
            experts.FfnSize,
            offset + experts.GateUpBytes));
    }
}
