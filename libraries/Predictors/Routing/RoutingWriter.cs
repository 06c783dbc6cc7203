using System.Text.Json;

namespace DaprMoE.Predictors;

/// <summary>Writes recorded routing as <c>.jsonl</c>, up to a number of bytes: what comes after is counted and left out.</summary>
public sealed class RoutingWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly long _maxBytes;

    /// <summary>Creates the file and writes its header.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="header">The header.</param>
    /// <param name="maxBytes">Most bytes of the file.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public RoutingWriter(string path, RoutingHeader header, long maxBytes)
    {
        _maxBytes = maxBytes;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        Append(JsonSerializer.SerializeToUtf8Bytes(header, RoutingJson.Default.RoutingHeader));
    }

    /// <summary>Iterations written.</summary>
    public int Iterations { get; private set; }

    /// <summary>Iterations left out, because the file is as long as it may be.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Appends an iteration.</summary>
    public void Write(RoutingIteration iteration)
    {
        byte[] line = JsonSerializer.SerializeToUtf8Bytes(iteration, RoutingJson.Default.RoutingIteration);

        // Once one was left out, so are the others: what is there has no holes.
        if (LeftOut > 0 || _file.Position + line.Length + 1 > _maxBytes)
        {
            LeftOut++;
            return;
        }

        Append(line);
        Iterations++;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Append(ReadOnlySpan<byte> line)
    {
        _file.Write(line);
        _file.WriteByte((byte)'\n');
    }
}
