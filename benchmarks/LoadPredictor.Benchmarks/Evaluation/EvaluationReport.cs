using System.Globalization;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>What the regression is worth on recorded routing whose topic mix shifts.</summary>
internal sealed class EvaluationReport
{
    private const int Seeds = 5;
    private const int Windows = 240;
    private const int BatchSlots = 16;
    private const int IterationsPerWindow = 32;

    private readonly IReadOnlyList<RoutedRequest> _shift;
    private readonly IReadOnlyList<RoutedRequest> _pool;
    private readonly TokenTable _table;
    private readonly TextWriter _writer;

    public EvaluationReport(IReadOnlyList<RoutedRequest> requests, TextWriter writer)
    {
        ILookup<string, RoutedRequest> byFile = requests.ToLookup(request => request.File);
        _shift = [.. byFile["prompts-shift"]];
        _pool = [.. requests.Where(request => request.File is not ("prompts-shift" or "prompts-mixed"))];
        // The table learns from prompts that no stream is made of.
        _table = new TokenTable(byFile["prompts-mixed"]);
        _writer = writer;
    }

    /// <summary>Writes the tables.</summary>
    /// <param name="only">Part of the names of those to write; null for all.</param>
    public void Write(string? only = null)
    {
        (string Name, Action Write)[] parts =
            [("streams", WriteShiftingStreams), ("shift-file", WriteShiftFile), ("batches", WriteBatches)];
        foreach ((_, Action write) in parts.Where(part => only is null || part.Name.Contains(only, StringComparison.Ordinal)))
        {
            write();
        }
    }

    private void WriteShiftingStreams()
    {
        TrueMix ceiling = new(_pool);
        ComparisonTable table = Begin(string.Create(
            CultureInfo.InvariantCulture, $"Streams drawn from the topics, {Windows} windows, {Seeds} seeds"), "prompts of a window");
        foreach (int size in (int[])[5, 10, 30])
        {
            table.Row(Text(size), [.. Enumerable.Range(1, Seeds).Select(seed =>
            {
                IReadOnlyList<RoutedRequest> stream = TopicStream.Draw(_pool, size * Windows, seed);
                return Comparison.Run(PromptWindows.Cut(stream, size, _table), seed, ceiling.Accuracy(stream, size));
            })]);
        }
    }

    private void WriteShiftFile()
    {
        TrueMix ceiling = new([.. _pool, .. _shift]);
        ComparisonTable table = Begin(string.Create(
            CultureInfo.InvariantCulture, $"prompts-shift.jsonl in its order, {Seeds} seeds of the fits"), "prompts of a window");
        foreach (int size in (int[])[5, 10])
        {
            table.Row(Text(size), [.. Enumerable.Range(1, Seeds).Select(
                seed => Comparison.Run(PromptWindows.Cut(_shift, size, _table), seed, ceiling.Accuracy(_shift, size)))]);
        }
    }

    private void WriteBatches()
    {
        ComparisonTable table = Begin(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A batch of {BatchSlots}, windows of {IterationsPerWindow} iterations, {Windows} windows, {Seeds} seeds"),
            "requests in the queue");
        foreach (int queued in (int[])[0, 4, 16, 64])
        {
            table.Row(Text(queued), [.. Enumerable.Range(1, Seeds).Select(seed =>
            {
                IReadOnlyList<RoutedRequest> stream = TopicStream.Draw(_pool, 20 * Windows, seed);
                return Comparison.Run(new BatchWindows(stream, BatchSlots, queued, _table).Cut(Windows, IterationsPerWindow), seed);
            })]);
        }
    }

    private ComparisonTable Begin(string title, string first)
    {
        _writer.WriteLine();
        _writer.WriteLine($"{title}:");
        _writer.WriteLine();
        ComparisonTable table = new(_writer, first);
        table.Head();
        return table;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
