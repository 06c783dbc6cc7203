namespace DaprMoE.Ports;

/// <summary>What a frame may hold: the model's shape and the sizes that both ends allocate for.</summary>
public sealed record FrameLimits
{
    /// <summary>Experts of each layer, 0 for a dense one.</summary>
    public required IReadOnlyList<int> ExpertsPerLayer { get; init; }

    /// <summary>Width H of a row, 1 to 1,048,576.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Most experts of a token, 1 to <see cref="FrameFormat.MaxTopK"/>.</summary>
    public required int MaxTopK { get; init; }

    /// <summary>Most distinct rows of a call, at least 1.</summary>
    public required int MaxRows { get; init; }

    /// <summary>Devices of the host, at least 1.</summary>
    public required int Devices { get; init; }

    /// <summary>Most copies of an expert.</summary>
    public int MaxReplicas { get; init; } = 65_536;

    /// <summary>Longest time of a call.</summary>
    public TimeSpan MaxTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most pairs of a call.</summary>
    public int MaxPairs => checked(MaxRows * MaxTopK);

    /// <summary>Most experts of a layer.</summary>
    public int MaxExperts => ExpertsPerLayer.DefaultIfEmpty(0).Max();

    /// <summary>Most groups of a call: a group has at least one pair.</summary>
    public int MaxGroups => MaxPairs;

    /// <summary>Bytes of the longest call.</summary>
    public long MaxCallBytes => CallLayout.Of(MaxGroups, MaxPairs, MaxRows, HiddenSize, lossy: false).TotalBytes;

    /// <summary>Bytes of the longest answer.</summary>
    public long MaxAnswerBytes => AnswerLayout.Of(FrameFormat.MaxMessageBytes, MaxPairs, HiddenSize, lossy: false).TotalBytes;
}
