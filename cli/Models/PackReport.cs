using DaprMoE.Models;

namespace DaprMoE.Cli;

/// <summary>Shows how the packing of a model goes.</summary>
internal sealed class PackReport(ProgressLine line) : IProgress<PackProgress>
{
    public void Report(PackProgress value)
    {
        switch (value.Phase)
        {
            case PackPhase.Waiting:
                line.Report("Waiting for another process that packs this model");
                break;
            case PackPhase.Packing:
                line.Report("Packing the model (once)", (double)value.BytesDone / value.BytesTotal);
                break;
            default:
                line.Report("Writing the packed model to the disk");
                break;
        }
    }
}
