namespace DaprMoE.Ports;

/// <summary>What a call cost on its device.</summary>
/// <param name="ComputeUs">Microseconds of computing.</param>
/// <param name="LoadUs">Microseconds that it waited for experts.</param>
/// <param name="ColdStarts">Experts that it waited for.</param>
public readonly record struct CallFigures(long ComputeUs, long LoadUs, int ColdStarts);
