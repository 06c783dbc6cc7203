namespace DaprMoE.Models;

/// <summary>A checkpoint that a packed file is wanted for.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Family">Its family.</param>
/// <param name="Description">What it computes.</param>
/// <param name="Sources">Its weight files as they are now.</param>
internal sealed record PackRequest(string Folder, IModelFamily Family, ModelDescription Description, IReadOnlyList<SourceFile> Sources)
{
    public static PackRequest Of(string modelFolder)
    {
        string folder = CheckpointFolder.Resolve(modelFolder);
        (IModelFamily family, ModelDescription description) = CheckpointConfig.Read(folder);
        return new PackRequest(folder, family, description, SourceFile.Of(folder));
    }
}
