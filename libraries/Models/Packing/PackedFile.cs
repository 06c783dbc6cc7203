using DaprMoE.Tensors;
using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>An intact packed file that fits a description and its sources.</summary>
/// <param name="Path">The file.</param>
/// <param name="Handle">The open file.</param>
/// <param name="Layout">Where everything lies.</param>
/// <param name="DataStart">Bytes before the data part.</param>
/// <param name="WeightsHash">Hash of the weights.</param>
internal sealed record PackedFile(string Path, SafeFileHandle Handle, PackedLayout Layout, long DataStart, string WeightsHash) : IDisposable
{
    public const string Name = "daprmoe.packed";

    /// <summary>Bytes of the file.</summary>
    public long Length => DataStart + Layout.DataBytes;

    /// <summary>Opens the file; null where it is absent, damaged, of another layout, or made from other sources.</summary>
    public static PackedFile? TryOpen(string path, PackRequest request)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        SafeFileHandle handle = FileBytes.OpenForReading(path);
        try
        {
            PackedFile? file = PackedHeader.Read(path, handle) is { } header
                && header.Table.Sources.SequenceEqual(request.Sources)
                && LayoutOf(header.Table, request) is { } layout
                ? new PackedFile(path, handle, layout, header.DataStart, header.Table.WeightsHash)
                : null;
            if (file is null)
            {
                handle.Dispose();
            }

            return file;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    /// <summary>
    /// Plans anew with the table's dtypes. Only a table that says the same is trusted, so that neither a changed configuration
    /// nor a forged table can lead outside of the file.
    /// </summary>
    private static PackedLayout? LayoutOf(PackedTable table, PackRequest request)
    {
        Dictionary<string, DType> types = new(StringComparer.Ordinal);
        foreach (PackedEntry entry in table.Entries)
        {
            types[entry.Key] = entry.Type;
        }

        foreach (PackedExperts experts in table.Experts)
        {
            LayerKeys keys = PackedKeys.Layer(experts.Layer);
            types[keys.ExpertGateUp] = experts.GateUpType;
            types[keys.ExpertDown] = experts.DownType;
        }

        PackedLayout expected = PackedLayoutPlanner.Plan(
            request.Description, request.Family.Names, (key, _) => types.GetValueOrDefault(key, DType.F32));
        return expected.Matches(new PackedLayout(table.Entries, table.Experts, table.DataBytes)) ? expected : null;
    }
}
