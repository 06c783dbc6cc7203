// Prints which vector widths run in hardware, then a hash of the logits of each model folder that is named.
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DaprMoE.NumericsProbe;

Console.WriteLine($"512={Vector512.IsHardwareAccelerated} 256={Vector256.IsHardwareAccelerated} 128={Vector128.IsHardwareAccelerated} fma={Fma.IsSupported}");
foreach (string folder in args)
{
    Console.WriteLine(LogitProbe.Hash(folder));
}
