namespace DaprMoE.Models;

/// <summary>What packing is busy with.</summary>
public enum PackPhase
{
    /// <summary>Another process is packing the same model; its result will be used.</summary>
    Waiting,

    /// <summary>Weights are read, brought into kernel order and written.</summary>
    Packing,

    /// <summary>The file is being flushed to the disk.</summary>
    Flushing,
}
